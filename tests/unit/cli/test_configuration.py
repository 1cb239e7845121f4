from pathlib import Path

import pytest

from atalaya.cli import configuration
from atalaya.model.errors import BadInput, WrongUse
from atalaya.model.settings import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (tmp_path / "observatory.toml").write_text('schema = 1\n[fetching]\nmirror = "replay"\n')
    return Folder(tmp_path)


def test_a_variable_beats_the_file_and_the_file_beats_the_default(folder):
    environment = {"ATALAYA_SERVING_PORT": "9000", "PATH": "/bin"}
    said = {one.key: one for one in configuration.explain(folder, environment)}
    assert said["serving.port"][1:] == (9000, "ATALAYA_SERVING_PORT")
    assert said["fetching.mirror"][1:] == ("replay", str(folder.settings))
    assert said["fetching.retries"][1:] == (3, "default")


def test_a_misspelt_variable_is_refused_with_the_nearest_right_one(folder):
    with pytest.raises(WrongUse, match="Did you mean 'ATALAYA_SERVING_PORT'"):
        configuration.load(folder, {"ATALAYA_SERVING_PROT": "9000"})


def test_a_value_that_cannot_be_is_refused_by_the_variables_name(folder):
    with pytest.raises(BadInput, match="ATALAYA_SERVING_PORT"):
        configuration.load(folder, {"ATALAYA_SERVING_PORT": "none"})


def test_languages_are_given_as_a_list_with_commas(folder):
    assert configuration.load(folder, {"ATALAYA_LANGUAGES": "es, en"}).languages == ("es", "en")
    named = configuration.load(folder, {"ATALAYA_SERVING_HOSTS": "a.example, b.example"})
    assert named.serving.hosts == ("a.example", "b.example")


def test_recipients_are_given_as_a_list_and_only_what_a_header_can_hold_is_one(folder):
    environment = {"ATALAYA_MAIL_TO": "a@x.example, b@x.example"}
    assert configuration.load(folder, environment).mail.to == ("a@x.example", "b@x.example")
    for wrong in ("nobody", "a@x.example\nBcc: c@x.example", "Ada <a@x.example>", "a b@x.example"):
        with pytest.raises(BadInput, match="ATALAYA_MAIL_TO"):
            configuration.load(folder, {"ATALAYA_MAIL_TO": wrong})


def test_no_setting_holds_a_secret(folder):
    keys = [one.key for one in configuration.explain(folder, {})]
    assert not [key for key in keys if "password" in key or "secret" in key or "token" in key]


def test_a_misspelt_key_in_the_file_names_line_and_nearest_key(folder):
    folder.settings.write_text("schema = 1\n[serving]\nprot = 9000\n")
    with pytest.raises(BadInput, match=r"line 3.*did you mean 'port'"):
        configuration.load(folder, {})


def test_a_folder_without_settings_is_no_observatory(tmp_path):
    with pytest.raises(WrongUse, match="atalaya init"):
        configuration.observatory(tmp_path)
