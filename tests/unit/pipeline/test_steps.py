from pathlib import Path

from atalaya.pipeline.steps import Steps, fingerprint


def test_a_step_is_skipped_only_with_the_same_inputs_and_its_outputs_still_there(tmp_path: Path):
    output = tmp_path / "claims.parquet"
    steps = Steps.load(tmp_path)
    inputs = fingerprint("read", ["a"])
    assert not steps.same("read", inputs, output)
    output.write_bytes(b"x")
    steps.remember("read", inputs)
    again = Steps.load(tmp_path)
    assert again.same("read", inputs, output)
    assert not again.same("read", fingerprint("read", ["b"]), output)
    output.unlink()
    assert not again.same("read", inputs, output)


def test_a_broken_memory_only_means_that_all_is_done_again(tmp_path: Path):
    (tmp_path / "steps.json").write_text("{not json")
    assert Steps.load(tmp_path).done == {}
    assert not Steps.of_this_version(tmp_path)
    Steps.load(tmp_path).remember("read", "x")
    assert Steps.of_this_version(tmp_path)
