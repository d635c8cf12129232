"""Execute notebooks, take in what they tell, and keep the outputs that chapters/ stores current."""
