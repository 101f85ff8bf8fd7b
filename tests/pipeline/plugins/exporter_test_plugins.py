"""A reader and writers that do their work, or fail in every way that we could think of."""

import datetime
import errno
import os
import re
import signal
import subprocess
import sys
import time
from enum import StrEnum
from pathlib import Path

import msgspec

from exporter.contracts import ReadResult, Sound, WriteResult
from exporter.errors import SourceError, StepError, UnavailableError, UnspokenError
from exporter.findings import Rule, Severity
from exporter.model import (
    At,
    Contributor,
    Described,
    Figure,
    Image,
    Kind,
    Metadata,
    Paragraph,
    Publication,
    Section,
    Source,
    Text,
    Undescribed,
)
from exporter.model.walk import plain_text


class Lines:
    """A manuscript of lines: the title, then `# heading`, `!picture|alt`, `edition: option: value` or paragraphs."""

    SUFFIXES = (".lines",)

    @staticmethod
    def read(data, file):
        try:
            title, *lines = data.decode("utf-8").splitlines()
        except (UnicodeDecodeError, ValueError):
            raise SourceError("This is not text.", advice="Save it as UTF-8.", source=Source(file, 1)) from None
        if title == "crash":
            os._exit(9)
        options = {}
        blocks = []
        for number, line in enumerate(lines, 2):
            at = At(source=Source(file, number))
            if line.startswith("!"):
                name, _, alt = line[1:].partition("|")
                blocks.append(Figure((Image(name, Described(alt) if alt else Undescribed(), at=at),), at=at))
            elif option := re.fullmatch(r"(\w+): (\w+): (\w+)", line):
                options.setdefault(option[1], {})[option[2]] = option[3]
            elif line and not line.startswith("%"):
                blocks.append(Paragraph((Text(line),), at=at))
        metadata = Metadata(
            title=title,
            kind=Kind.REPORT,
            authors=(Contributor("Ana Author"),),
            publisher="House",
            date=datetime.date(2026, 1, 31),
            language="en",
            description="A test of what goes wrong.",
            source=Source(file, 1),
        )
        body = (Section((Text("Only part"),), tuple(blocks), at=At(source=Source(file, 1))),)
        return ReadResult(publication=Publication(metadata, body=body), options=options)


class NoOptions(msgspec.Struct, frozen=True):
    pass


class Base:
    MEDIA_TYPE = "text/plain"
    Options = NoOptions


class Tone(StrEnum):
    LOUD = "loud"
    SOFT = "soft"


class Words(Base):
    """The words of the publication."""

    NAME = "words"
    SUFFIX = ".words.txt"

    class Options(msgspec.Struct, frozen=True):
        tone: Tone = Tone.SOFT
        size: int = 11

    @staticmethod
    def write(publication, context, options, target):
        text = f"{publication.metadata.title} {plain_text(publication.body)} {options.size}"
        context.progress(0.5)
        target.write_text(text.upper() if options.tone is Tone.LOUD else text, "utf-8")
        return WriteResult()


class Other(Base):
    NAME = "other"
    SUFFIX = ".other.txt"

    @staticmethod
    def write(publication, context, options, target):
        target.write_text(f"{publication.metadata.publisher} {publication.metadata.title}", "utf-8")
        return WriteResult()


def failing(name, act):
    class Failing(Base):
        NAME = name
        SUFFIX = f".{name}.txt"

        @staticmethod
        def write(publication, context, options, target):
            target.write_text("half-writ")
            return act(target)

    return Failing


def _raise(target):
    raise ValueError("a mistake\nof ours")


def _refuse(target):
    raise StepError("The moon is full.", advice="Wait for the new moon.")


def _unavailable(target):
    raise UnavailableError("There is no moon here.", advice="Go elsewhere.")


def _full(target):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))


def _folder(target):
    target.unlink()
    target.mkdir()
    return WriteResult()


def _nothing(target):
    target.unlink()
    return WriteResult()


def _hang(target):
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    place = os.environ.get("EXPORTER_TEST_PIDS")
    if place:
        Path(place).write_text(f"{os.getpid()} {child.pid}")
    time.sleep(600)


Raises = failing("raises", _raise)
Refuses = failing("refuses", _refuse)
Leaves = failing("leaves", lambda target: os._exit(3))
Crashes = failing("crashes", lambda target: os.kill(os.getpid(), signal.SIGSEGV))
Starved = failing("starved", lambda target: os.kill(os.getpid(), signal.SIGKILL))
Hangs = failing("hangs", _hang)
Nothing = failing("nothing", _nothing)
Rubbish = failing("rubbish", lambda target: {"not": "Written"})
Folder = failing("folder", _folder)
Full = failing("full", _full)
Unavailable = failing("unavailable", _unavailable)
FailsFacts = failing("fails-facts", _raise)


class Counted(Base):
    """Hands on how many characters the title has."""

    NAME = "counted"
    SUFFIX = ".counted.txt"

    @staticmethod
    def write(publication, context, options, target):
        target.write_text(publication.metadata.title + plain_text(publication.body))
        return WriteResult(sidecars={"length": str(len(publication.metadata.title)).encode()})


class Leans(Base):
    NAME = "leans"
    SUFFIX = ".leans.txt"
    NEEDS = ("counted",)

    @staticmethod
    def write(publication, context, options, target):
        target.write_text(f"{publication.metadata.publisher} {context.sidecars['counted.length'].decode()}")
        return WriteResult()


class LeansOnFailure(Base):
    NAME = "leans-on-failure"
    SUFFIX = ".leans-on-failure.txt"
    NEEDS = ("fails-facts",)

    @staticmethod
    def write(publication, context, options, target):
        target.write_text(f"facts: {sorted(context.sidecars)}")
        return WriteResult()


class Prints(Base):
    """Prints to everything there is."""

    NAME = "prints"
    SUFFIX = ".prints.txt"

    @staticmethod
    def write(publication, context, options, target):
        sys.stdout.write("noise " * 1000)
        sys.stdout.flush()
        os.write(1, b"more noise\n")
        os.write(2, b"and more\n")
        target.write_text("quiet")
        return WriteResult()


class BadEdition(Base):
    """Says itself that nobody can use it."""

    NAME = "bad-edition"
    SUFFIX = ".bad.txt"

    @staticmethod
    def write(publication, context, options, target):
        target.write_text("bad")
        rule = Rule("unusable", Severity.ERROR, "It is usable.", "Mend it.")
        return WriteResult(findings=(rule.finding("It is not usable.", edition="bad-edition"),))


class Liar(Base):
    """A Word file that leaves out the last paragraph."""

    NAME = "liar"
    SUFFIX = ".liar.docx"

    @staticmethod
    def write(publication, context, options, target):
        from exporter.writers import docx

        section = publication.body[0]
        shorter = msgspec.structs.replace(section, children=section.children[:-1])
        told = msgspec.structs.replace(publication, body=(shorter,))
        return docx.write(told, context, docx.Options(page_numbers="never"), target)


class Garbage(Base):
    """Something that is no EPUB."""

    NAME = "garbage"
    SUFFIX = ".garbage.epub"

    @staticmethod
    def write(publication, context, options, target):
        target.write_text("This is no EPUB.")
        return WriteResult()


class Spoken(Base):
    """A recording, spoken word by word."""

    NAME = "spoken"
    SUFFIX = ".spoken.txt"
    IS_RECORDING = True

    @staticmethod
    def write(publication, context, options, target):
        target.write_text(_speak(publication, context))
        return WriteResult(sidecars={"words": b"1"})


class Louder(Base):
    """Made from the recording, after its own fashion."""

    NAME = "louder"
    SUFFIX = ".louder.txt"
    INHERITS_SETTINGS = ("spoken",)

    @staticmethod
    def write(publication, context, options, target):
        target.write_text(_speak(publication, context).upper())
        return WriteResult()


class Both(Base):
    """A book to read, and to hear if there is a recording."""

    NAME = "both"
    SUFFIX = ".both.txt"
    NEEDS = ("spoken",)
    INHERITS_SETTINGS = ("spoken",)
    SOUND_OPTION = "sound"

    class Options(msgspec.Struct, frozen=True):
        sound: Sound = Sound.AUTO

    @staticmethod
    def write(publication, context, options, target):
        text = plain_text(publication.body)
        target.write_text(text if options.sound is Sound.OFF else f"{text} / {_speak(publication, context)}")
        return WriteResult()


def _speak(publication, context):
    words = plain_text(publication.body).split()
    unspoken = [word for word in words if not context.recordings.holds(word)]
    if unspoken and not context.may_speak:
        raise UnspokenError({"mouth": sum(map(len, unspoken))})
    place = os.environ.get("EXPORTER_TEST_SPOKEN")
    for number, word in enumerate(unspoken, 1):
        context.recordings.put(word, word.encode())
        context.progress(number / len(unspoken))
        if place:
            with Path(place).open("a") as file:
                file.write(f"{word}\n")
    if unspoken and os.environ.get("EXPORTER_TEST_PIDS"):
        Path(os.environ["EXPORTER_TEST_PIDS"]).write_text(f"{os.getpid()}")
        time.sleep(600)
    return " ".join(f"<{word}>" for word in words)


class Remembers(Base):
    """Keeps a memo and says whether it was there."""

    NAME = "remembers"
    SUFFIX = ".remembers.txt"

    @staticmethod
    def write(publication, context, options, target):
        known = context.memo.get("a sentence")
        context.memo.put("a sentence", b"spoken")
        target.write_text(f"{publication.metadata.title}: {known}")
        return WriteResult()


class Slow(Base):
    """Takes a moment, so that somebody can interrupt it."""

    NAME = "slow"
    SUFFIX = ".slow.txt"

    @staticmethod
    def write(publication, context, options, target):
        target.write_text("slow")
        place = os.environ.get("EXPORTER_TEST_PIDS")
        if place:
            Path(place).write_text(f"{os.getpid()}")
            time.sleep(600)
        return WriteResult()
