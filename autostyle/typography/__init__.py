"""Letters: fonts read and built, outlines, masks, tracing, specimens. A font is a TrueType font's bytes; an outline is
contours of points in font units, y upwards, as quadratic splines (:mod:`autostyle.typography.outlines`)."""
