// Stands between the parts of a long document, and does nothing: a browser that has come to it may paint and answer before
// it reads on, where it would otherwise read for half a second at a time (docs/decisions/0017).
