"""Set the book as a PDF with Typst, from the doctrees that the HTML is made of."""
