import os
import socket
import subprocess
import sys

import pytest


def traboule(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "traboule.config.command", *arguments],
        env={k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_djangos_commands_are_under_ours(tmp_path):
    done = traboule("diffsettings", "--output=unified", TRABOULE_DATA=str(tmp_path))

    assert done.returncode == 0


def test_a_data_folder_that_cannot_be_written_is_said(tmp_path):
    taken = tmp_path / "file"
    taken.write_text("not a folder")

    done = traboule("run", TRABOULE_DATA=str(taken))

    assert done.returncode == 2
    assert done.stderr.startswith("Impossible d’écrire dans le dossier des données")


@pytest.mark.parametrize("port", ["abc", "0", "70000"])
def test_a_port_that_is_none_is_said(tmp_path, port):
    done = traboule("run", TRABOULE_DATA=str(tmp_path), PORT=port)

    assert done.returncode == 2
    assert done.stderr.startswith("PORT doit être un nombre")


def test_a_taken_port_is_said_before_anything_is_done(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        done = traboule("run", TRABOULE_DATA=str(tmp_path), PORT=str(port))

    assert done.returncode == 1
    assert f"127.0.0.1:{port} n’est pas libre" in done.stderr
    assert not (tmp_path / "traboule.sqlite3").exists()
