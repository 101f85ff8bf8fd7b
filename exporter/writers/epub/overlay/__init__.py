"""Text and voice in step: media overlays from the recording of the audio edition (EPUB 3.3, 9).

`sentence_spans` marks in the tree what each utterance reads, `reading_order` finds in the finished documents what has
to be heard and in which order, `audio_assembly` puts the sound of each document together, `smil` writes it down,
`narration` leads them.
"""
