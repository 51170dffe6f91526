"""Reports: one HTML file that shows what is in a corpus, without network, plotting library or anything to install."""
