"""What the field's rules say: regulations, indicators, divisions, procurement codes, forms.

Data files under ``data/`` with source, date and licence in their header, beside thin look-ups that load them
when first asked. No rule, no arithmetic and no reading of documents belongs here.
"""
