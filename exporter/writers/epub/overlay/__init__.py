"""Text and voice in step: media overlays from the recording of the audio edition (EPUB 3.3, 9).

`sentences` marks in the tree what each utterance reads, `reading` finds in the finished documents what has to be heard
and in which order, `assembly` puts the sound of each document together, `smil` writes it down, `voice` leads them.
"""
