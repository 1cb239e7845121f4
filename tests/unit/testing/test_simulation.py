import numpy as np
import pytest

from atalaya.testing.simulation import NEVER, worlds


@pytest.fixture(scope="module")
def made():
    return {world.name: world for world in worlds(5, 200)}


def test_the_same_seed_gives_the_same_worlds_and_another_one_others(made):
    again, other = worlds(5, 200), worlds(6, 200)
    for world in again:
        assert np.array_equal(world.panel.counts, made[world.name].panel.counts)
    assert not np.array_equal(other[0].panel.counts, again[0].panel.counts)


def test_only_waves_begin_something(made):
    for name, world in made.items():
        assert ((world.onset != NEVER).all()) == (name in {"fast", "slow", "transient"})
        assert (world.panel.counts <= world.panel.population).all()


def test_waves_rise_after_their_onset_and_transient_ones_are_gone_sooner(made):
    def share_after(world, months):
        place = np.arange(world.panel.n_periods) - world.onset[:, None]
        late = np.where(place > months, world.panel.counts, 0).sum()
        return late / np.where(place >= 0, world.panel.counts, 0).sum()

    for name in ("fast", "slow", "transient"):
        world = made[name]
        before = np.arange(world.panel.n_periods) < world.onset[:, None]
        assert world.panel.counts[before].mean() < 0.02
        assert world.panel.counts[~before].mean() > 0.3
    assert share_after(made["transient"], 24) < share_after(made["fast"], 24) / 2


def test_a_quiet_series_has_about_one_detection_a_year_in_the_middle(made):
    a_year = made["quiet"].panel.counts.sum(axis=1) / 8
    assert 0.5 < np.median(a_year) < 1.5


def test_declines_fall_and_steps_in_volume_keep_the_share(made):
    decline, volume = made["decline"].panel, made["volume"].panel
    assert decline.counts[:, :12].mean() > 3 * decline.counts[:, -12:].mean()
    early, late = (
        volume.counts[:, months].sum() / volume.population[:, months].sum()
        for months in (slice(0, 18), slice(-18, None))
    )
    assert late == pytest.approx(early, rel=0.3)
    assert volume.population[:, -18:].mean() > 1.8 * volume.population[:, :18].mean()


def test_denominators_are_more_spread_than_poisson(made):
    examined = made["quiet"].panel.population
    steps = np.diff(examined, axis=1) / np.sqrt(examined[:, 1:] + examined[:, :-1])
    assert steps.std() > 1.5


def test_a_panel_starts_together_within_one_source(made):
    world = made["panel"]
    for source in sorted(set(world.panel.sources))[:5]:
        rows = [row for row, name in enumerate(world.panel.sources) if name == source]
        began = world.began[rows]
        assert len(set(began[began != NEVER])) == 1
        assert (began != NEVER).sum() == 8
        assert not world.panel.counts[rows][began != NEVER, : began.max()].any()
