"""Slack: slash commands, direct messages, mentions, buttons, modals and the home tab."""
