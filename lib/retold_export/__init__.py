"""Export a corpus: CSV tables with a data package, W3C PROV, Web Annotations, schema.org claims, TEI."""
