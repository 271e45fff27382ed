"""Workbooks: cells, merged ranges and number formats of every sheet."""
