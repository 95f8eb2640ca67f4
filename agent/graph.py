"""The graph: hear > think > act > ask > tell. The only place edges are drawn. A node that interrupts has no effects, and the reverse."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime
from langgraph.types import Command, interrupt

from agent.acting import Acting
from agent.attachments import with_files
from agent.calls import Guard
from agent.parts import Decided
from agent.prompting import NOT_RUN
from agent.proposing import Proposing
from agent.state import FINISH, AgentState, TurnContext
from agent.thinking import Thinking
from agent.toolset import Toolset

Graph = CompiledStateGraph[AgentState, TurnContext, Any, Any]

# hear + 8 x (think, act) + ask/tell stays below it: the backstop behind the budget of model calls.
MAX_STEPS = 25


def build_graph(
    model: BaseChatModel,
    toolset: Toolset,
    guard: Guard,
    saver: BaseCheckpointSaver[Any] | None,
    *,
    timeout_seconds: float,
    token_budget: int,
) -> Graph:
    """`timeout_seconds` bounds one answer of the model, `token_budget` (in and out) one run."""
    speaker = model.bind_tools(toolset.schemas)
    thinking = Thinking(speaker, timeout_seconds=timeout_seconds, token_budget=token_budget)
    acting = Acting(toolset, guard, Proposing(toolset))
    graph = StateGraph(AgentState, context_schema=TurnContext)
    graph.add_node("hear", hear)
    graph.add_node("think", thinking.think)
    graph.add_node("act", acting.act)
    graph.add_node("ask", ask)
    graph.add_node("tell", tell)
    graph.add_edge(START, "hear")
    return graph.compile(checkpointer=saver, name="organizer")


async def hear(state: AgentState, runtime: Runtime[TurnContext]) -> Command[Literal["think", "__end__"]]:
    """Takes in what the person said or what the page answered; calls left open by a turn cut off are closed."""
    context = runtime.context
    messages = state.get("messages", [])
    opened = _open_calls(messages)
    waiting = state.get("waiting")
    became = await Proposing.look_up(context, UUID(waiting)) if waiting else None
    heard: list[AnyMessage] = []
    if became is not None and waiting and (card := _card_of(state, waiting)):
        # The person decided on the card, or changed it on the page, and went on talking.
        heard.append(card.model_copy(update={"content": became.content}))
    heard += [
        _page_answer(call_id, context.turn.results.get(call_id), message_id) for call_id, message_id in opened.items()
    ]
    update: dict[str, Any] = {"turn": str(context.run_id), "steps": 0, "tokens": 0}
    if became is not None and not became.undecided:
        update["waiting"] = None
    if became is not None and became.tainted:
        update["tainted"] = True
    if context.turn.kind == "results" and not (opened.keys() & context.turn.results.keys()):
        return Command(goto=FINISH, update=update)
    if context.turn.kind == "message":
        said = HumanMessage(
            context.turn.text, id=context.turn.message_id, additional_kwargs=with_files(context.turn.files)
        )
        earlier = next((message for message in messages if message.id == said.id), None)
        if earlier is not None and (earlier is messages[-1] or not _is_last_word(earlier, messages)):
            said.id = f"again_{context.run_id.hex}"
        elif earlier is not None and earlier.content == said.content:
            # The same message once more, already answered: the client only repeated its request.
            return Command(goto=FINISH, update=update)
        heard.append(said)
    return Command(goto="think", update={**update, "messages": heard})


def _card_of(state: AgentState, waiting: str) -> ToolMessage | None:
    """The tool's answer that shows a proposal."""
    return next(
        (
            message
            for message in reversed(state["messages"])
            if isinstance(message, ToolMessage) and message.additional_kwargs.get("proposal_id") == waiting
        ),
        None,
    )


def _is_last_word(message: AnyMessage, messages: list[AnyMessage]) -> bool:
    last = next((found for found in reversed(messages) if isinstance(found, HumanMessage)), None)
    return last is message


def _open_calls(messages: list[AnyMessage]) -> dict[str, str]:
    """Calls of the last answer that have no result yet -> the id their result will have."""
    answered: set[str] = set()
    for message in reversed(messages):
        if isinstance(message, ToolMessage):
            answered.add(message.tool_call_id)
        elif isinstance(message, AIMessage):
            ids = [str(call["id"]) for call in message.tool_calls]
            return {call_id: f"result_{call_id}" for call_id in ids if call_id not in answered}
        else:
            break
    return {}


def _page_answer(call_id: str, answer: str | None, message_id: str) -> ToolMessage:
    failed = answer is None
    return ToolMessage(
        answer or NOT_RUN,
        tool_call_id=call_id,
        id=message_id,
        status="error" if failed else "success",
        additional_kwargs={"by_page": True},
    )


async def ask(state: AgentState) -> Command[Literal["tell"]]:
    """Stops until somebody says that the proposal was decided. What they say carries no authority: `tell` reads the row."""
    interrupt({"reason": "proposal", "kind": "proposal", "proposal_id": state["waiting"]})
    return Command(goto="tell")


async def tell(state: AgentState, runtime: Runtime[TurnContext]) -> Command[Literal["think", "ask"]]:
    """Reads what became of the proposal and writes it over the tool's answer; still undecided, it asks again."""
    context = runtime.context
    waiting = state.get("waiting")
    if waiting is None:
        return Command(goto="think")
    became = await Proposing.look_up(context, UUID(waiting))
    if became is not None and became.undecided:
        return Command(goto="ask")
    messages: list[AnyMessage] = []
    tainted = state.get("tainted", False) or (became is not None and became.tainted)
    card = _card_of(state, waiting)
    if became is not None and card is not None:
        messages.append(card.model_copy(update={"content": became.content}))
        runtime.stream_writer(Decided(waiting, became.status))
    return Command(goto="think", update={"messages": messages, "waiting": None, "tainted": tainted})
