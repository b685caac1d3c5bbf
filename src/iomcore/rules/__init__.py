"""What is decided and counted: the language of rules, policies, decisions and figures."""
