"""What exists: values, facts, persons' cases as logs of events, and the tables made from them."""
