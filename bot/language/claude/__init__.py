"""Claude: reads a question with a language model, calls tools, and says two or three sentences.

Nothing here knows Slack or the assistant: tools are run by a function that the caller hands in, and
what cannot be had is a `ClaudeUnavailable`, upon which the caller answers offline.
"""
