"""Tree to utterances to sound.

`script` orders what is said of a tree, `utterance_builder` and `tables` say it, `normalisation` spells it out;
`synthesiser` has the voices of `engines` speak, and `mix` joins and encodes their sound.
"""
