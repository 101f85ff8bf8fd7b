"""Defects in what recordings show beside their sound: covers, contents, transcripts, what can be skipped."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.parity.audio.planted import InFile, _chapters, _id3, _inside, _rules, _sub, _tag, _text
from tests.parity.audio.planted_stated import _in_index, _manifest, _stated

Change = Callable[[Path], None]


def _in_context(**values: str) -> Change:
    def changed(data: bytes) -> bytes:
        stated = json.loads(data)
        stated["@context"][-1].update(values)
        return json.dumps(stated).encode()

    return lambda path: _inside(path, "publication", changed)


def _in_resource(relation: str, **values: str) -> Change:
    def changed(data: bytes) -> bytes:
        stated = json.loads(data)
        next(each for each in stated["resources"] if each.get("rel") == relation).update(values)
        return json.dumps(stated).encode()

    return lambda path: _inside(path, "publication", changed)


def _on_page(pattern: str, new: str) -> Change:
    return lambda path: _inside(path, "index", _sub(pattern, new))


def _in_all(change: Callable[[Any], None]) -> Change:
    """Return a change of the tags of all tracks."""

    def planted(path: Path) -> None:
        from mutagen.id3 import ID3

        with zipfile.ZipFile(path) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        for name in [name for name in files if name.endswith(".mp3")]:
            file = io.BytesIO(files[name])
            tags: Any = ID3(file)
            change(tags)
            tags.save(file, v2_version=3)
            files[name] = file.getvalue()
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in files.items():
                archive.writestr(name, data)

    return planted


def _lyrics(tags: Any) -> None:
    from mutagen import id3

    kinds: Any = id3
    tags.add(kinds.USLT(encoding=1, lang="eng", desc="", text="Buy now"))


def _says(frame: str, value: str) -> Change:
    return _in_all(lambda tags: [setattr(each, "text", [value]) for each in tags.getall(frame)] and None)


def _another_cover(path: Path) -> None:
    from mutagen.mp4 import MP4

    file: Any = MP4(path)
    cover = file["covr"][0]
    file["covr"] = [type(cover)(bytes(cover)[:-1] + b"!", cover.imageformat)]
    file.save()


def _until(path: Path) -> None:
    """Show a cue for less time than its words take."""
    _text(path, r"(\d\d:\d\d:\d\d\.)(\d{3}) -->[^\n]*(?=\nI waited)", r"\1\2 --> \g<1>999")


def _in_part(pattern: str, new: str) -> Change:
    return lambda path: _inside(path, r"d0003\.smil", _sub(pattern, new))


def _last(chapters: list[dict[str, Any]]) -> None:
    chapters[-1]["endTime"] += 90


def _in_pause(path: Path) -> None:
    """Put a packet of silence behind the last one of a track."""
    frame = re.compile(rb"\xff\xf3[^\xff]{20,}")
    _inside(path, "^02", lambda data: data + list(frame.finditer(data))[-1][0])


IN_FILE = (
    InFile("no cover", "audio", lambda p: _tag(p, "covr", None), _rules("pictures")),
    InFile("another cover", "audio", _another_cover, _rules("pictures")),
    InFile("no kind of recording", "audio", lambda p: _tag(p, "stik", None), _rules("metadata")),
    InFile("another alt text of the cover", "audiobook", _in_resource("cover", name="Else"), _rules("pictures")),
    InFile("a cover that is not listed", "audiobook", _in_resource("cover", rel="x"), _rules("pictures")),
    InFile("another picture as cover", "audiobook", lambda p: _inside(p, "cover", lambda _data: b"else"),
           _rules("pictures")),
    InFile("no cover", "mp3", _in_all(lambda tags: tags.delall("APIC")), _rules("pictures")),
    InFile("another alt text of the cover", "mp3",
           _in_all(lambda tags: setattr(tags.getall("APIC")[0], "desc", "Else")), _rules("pictures")),
    InFile("another language of the manifest", "audiobook", _in_context(language="fr"), _rules("language")),
    InFile("another direction of the manifest", "audiobook", _in_context(direction="rtl"), _rules("directions")),
    InFile("a second language", "audiobook", _manifest(inLanguage=["en-GB", "fr"]), _rules("language")),
    InFile("another kind", "audiobook", _manifest(type="CreativeWork"), _rules("metadata")),
    InFile("another way to read it", "audiobook", _manifest(accessModeSufficient=[]), _rules("metadata")),
    InFile("a translator", "audiobook", _manifest(translator=[{"name": "Else"}]), _rules("metadata")),
    InFile("a translation that there is not", "audiobook",
           _manifest(links=[{"url": "https://example.org/x", "name": "Otro"}]), _rules("links")),
    InFile("another name of the contents", "audiobook", _in_resource("contents", name="Else"), _rules("contents")),
    InFile("another title of the page", "audiobook", _on_page("<title>[^<]*", "<title>Else"), _rules("title")),
    InFile("another heading of the page", "audiobook", _on_page("<h1>[^<]*", "<h1>Else"), _rules("title", "text")),
    InFile("another language of the page", "audiobook", _on_page('lang="[^"]*"', 'lang="fr"'), _rules("language")),
    InFile("another direction of the page", "audiobook", _on_page('dir="ltr"', 'dir="rtl"'), _rules("directions")),
    InFile("words beside the contents", "audiobook", _on_page("</nav>", "</nav><p>Buy now.</p>"), _rules("text")),
    InFile("an entry in another language", "audiobook", _on_page("<li><a ", '<li><a lang="fr" '),
           _rules("languages")),
    InFile("a cue that ends early", "audiobook",
           lambda p: _inside(p, r"002\.vtt", _sub(r"(\d\d\.)(\d{3}) -->[^\n]*", r"\1\2 --> 00:00:\1\g<2>")),
           _rules("clips", "transcript")),
    InFile("another year", "mp3", _says("TDRC", "1999"), _rules("metadata")),
    InFile("no year", "mp3", _in_all(lambda tags: tags.delall("TDRC")), _rules("metadata")),
    InFile("another description", "mp3", _says("COMM", "Else"), _rules("metadata")),
    InFile("another language", "mp3", _says("TLAN", "fre"), _rules("language")),
    InFile("another genre", "mp3", _says("TCON", "Rock"), _rules("metadata")),
    InFile("another artist of the album", "mp3", _says("TPE2", "Else"), _rules("metadata")),
    InFile("words to sing", "mp3", _in_all(_lyrics), _rules("metadata")),
    InFile("a table of chapters in another order", "mp3",
           lambda p: _inside(p, "^03", _id3("CTOC", lambda frame: frame.child_element_ids.reverse())),
           _rules("chapters")),
    InFile("another title of the playlist", "mp3",
           lambda p: _inside(p, "m3u8", _sub("#PLAYLIST:[^\n]*", "#PLAYLIST:Else")), _rules("title")),
    InFile("sound at the end of a track", "mp3", _in_pause, _rules("clips")),
    InFile("a cue that ends early", "transcript", _until, _rules("transcript")),
    InFile("a language of a part of a cue", "transcript",
           lambda p: _text(p, r"(<lang es>[^<]*?) ([^< ]*)</lang>", r"\1</lang> \2"), _rules("transcript")),
    InFile("a time in a cue", "transcript", lambda p: _text(p, "I waited", "I <00:00:09.000>waited"),
           _rules("transcript")),
    InFile("a comment", "transcript", lambda p: _text(p, "WEBVTT", "WEBVTT Buy now"), _rules("transcript")),
    InFile("a chapter that ends behind the recording", "chapters", lambda p: _chapters(p, _last), _rules("chapters")),
    InFile("a place on a map", "chapters", lambda p: _chapters(p, lambda c: c[2].update(location={"name": "x"})),
           _rules("metadata")),
    *(_stated(name, value) for name, value in (("ncc:producedDate", "1999-01-01"), ("ncc:producer", "Else"),
                                               ("ncc:setInfo", "1 of 3"))),
    InFile("another language of the navigation", "daisy",
           _in_index('lang="[^"]*" xml:lang="[^"]*"', 'lang="fr" xml:lang="fr"'), _rules("language")),
    InFile("another book of a part", "daisy", _in_part('(name="dc:identifier" content=")[^"]*', r"\1Else"),
           _rules("metadata")),
    InFile("another length of the list of parts", "daisy",
           lambda p: _inside(p, "master", _sub('(name="ncc:timeInThisSmil" content=")[^"]*', r"\g<1>09:00:00")),
           _rules("clips")),
    InFile("another number of a note", "daisy", _in_index(r'(class="noteref"[^>]*><a[^>]*>)[^<]*', r"\g<1>9"),
           _rules("notes")),
    InFile("a reference that leads to a heading", "daisy",
           _in_index(r'(class="noteref"[^>]*><a href="d\d+\.smil)#t\d+', r"\1#t0001"), _rules("notes")),
    InFile("another name of a box", "daisy", _in_index(r'(class="sidebar"[^>]*><a[^>]*>)[^<]*', r"\1Nothing such"),
           _rules("contents")),
    InFile("an added heading of another level", "daisy",
           _in_index(r'<h1( id="[^"]*"><a[^>]*>Notes</a></)h1>', r"<h2\1h2>"), _rules("contents")),
    InFile("a sentence that can be skipped", "daisy",
           _in_part(r'(<par endsync="last" id="p0001")', r'\1 system-required="footnote-on"'), _rules("clips")),
    InFile("a box that cannot be skipped", "daisy", _in_part(' system-required="[^"]*"', ""), _rules("clips")),
)  # fmt: skip
