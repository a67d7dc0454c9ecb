"""The rules of reconciling, written once over integers: sections 6 and 7 of the meaning of words.

`claims` is what goes in, `answer` what comes out.  `plain` is the program, one topic after the other, in which every
step names its rule.
"""
