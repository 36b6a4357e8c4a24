"""Ids that must not be confused with one another."""

from typing import NewType

OfficialId = NewType("OfficialId", int)
OrganisationId = NewType("OrganisationId", int)
TopicId = NewType("TopicId", int)
KoffieId = NewType("KoffieId", int)
ChannelId = NewType("ChannelId", int)
RoundId = NewType("RoundId", int)
PlaceId = NewType("PlaceId", int)
TieId = NewType("TieId", int)
SubQuestionId = NewType("SubQuestionId", int)
MergeId = NewType("MergeId", int)
AppealId = NewType("AppealId", int)
