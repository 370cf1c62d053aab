"""The peers' own environment: ``python -m benchmarks.peers setup``.

``.venv`` beside this file holds the pinned solvers and, below ``classes``, the compiled Java.
"""

import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent
VENV = HERE / ".venv"
PYTHON = VENV / "bin" / "python"
JAVA = HERE / "timefold"
SETUP = "python -m benchmarks.peers setup"


class MissingError(RuntimeError):
    """Something that a peer needs is not installed."""


def setup() -> None:
    """Make the environment anew from the pinned versions, and compile the Java."""
    subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "-q"]
    wheels = ["--no-deps", "--only-binary=:all:", "-r", str(HERE / "requirements.txt")]
    subprocess.run([*pip, "install", *wheels], check=True)
    java_command()


def require_python() -> Path:
    """Give the environment's Python."""
    if not PYTHON.exists():
        raise MissingError(f"the peers' environment is not there: {SETUP}")
    return PYTHON


def java_command() -> list[str]:
    """Give the command that runs a Java class of ours, compiled first if it has changed.

    Raises
    ------
    MissingError
        Without the environment, or without a JDK.
    """
    require_python()
    java, javac = shutil.which("java"), shutil.which("javac")
    if java is None or javac is None:
        raise MissingError("Timefold needs a JDK, 17 or later: java and javac on the path")
    jars = ":".join(str(jar) for jar in sorted(VENV.rglob("jars/*.jar")))
    sources = sorted(JAVA.glob("*.java"))
    digest = sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]
    classes = VENV / "classes" / digest
    if not classes.exists():
        part = classes.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        subprocess.run([javac, "-nowarn", "-cp", jars, "-d", part, *sources], check=True)
        part.rename(classes)
    return [java, "-cp", f"{classes}:{jars}"]
