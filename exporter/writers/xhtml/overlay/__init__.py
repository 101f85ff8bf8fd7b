"""Media overlays: the recording of the audio edition synchronised with the content documents (EPUB 3.3, 9).

`sentence_spans` marks in the tree the text of each utterance, `reading_order` lists what is read of the finished
documents and in which order, `recording` has it spoken, and `audio_assembly` cuts the sound of each document from it.
"""
