"""Rule packs and local rule folders, made into one set of rules that import when needed."""

from nbcoach.plugins.entry import Option, RuleEntry
from nbcoach.plugins.options import check_options, options_for
from nbcoach.plugins.rule_set import RuleSet, load_rules

__all__ = ["Option", "RuleEntry", "RuleSet", "check_options", "load_rules", "options_for"]
