"""What sound is made of: spectra, filterbanks, loudness, statistics of texture, and a picture of it all. No torch.

spectra.py      stft, istft
filterbanks.py  mel, semitones, envelopes of bands as wide as the ear's
loudness.py     integrated and short-time loudness (ITU-R BS.1770)
limiter.py      limited
texture.py      Texture: the statistics by which textures are told apart
drawing.py      spectrogram: a recording as a picture
pitch.py        track: the fundamental frequency of a voice
voice.py        VoiceFrames: pitch, spectral envelopes and levels of a voice; how vocal tracts differ
psola.py        another pitch at the same length
"""
