"""Reports in chapters about what was achieved: 绩效自评报告 and 绩效评价报告, told from scores and figures.

Belongs here: outlines and the sentences that figures give. What only a person knows is left as a line to fill in.
"""
