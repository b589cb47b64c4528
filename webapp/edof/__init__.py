"""The portal's file: where each field stands in it, how it is written, read and checked.

`Champ` says what a field is; here stands where it goes. Knows the domain and lxml: neither database nor screen.
"""
