"""The questions before a human: menus as data, one pure engine, three renderers."""
