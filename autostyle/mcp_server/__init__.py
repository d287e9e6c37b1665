"""The agent's tools for other agents, by the Model Context Protocol over stdin and stdout.

server.py answers a client, tools.py says what there is and turns answers into content, tasks.py keeps what takes longer
than a client waits, permission.py asks the person behind the client, and asking.py knows how that is done in each
version of the protocol. The tools, their cost classes and the policy are the agent's own.
"""
