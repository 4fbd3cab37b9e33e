"""Addresses of the conversations."""

from django.urls import path

from messaging.views import amending, finding, groups, guests, reading, starting, writing

app_name = "messaging"

urlpatterns = [
    path("", reading.listing, name="list"),
    path("new/", starting.new, name="new"),
    path("people/", starting.people, name="people"),
    path("tray/", reading.tray, name="tray"),
    path("unread/", reading.unread, name="unread"),
    path("search/", finding.search, name="search"),
    path("<int:conversation_id>/", reading.conversation, name="conversation"),
    path("<int:conversation_id>/window/", reading.window, name="window"),
    path("<int:conversation_id>/changes/", reading.changes, name="changes"),
    path("<int:conversation_id>/read/", reading.read, name="read"),
    path("<int:conversation_id>/post/", writing.post, name="post"),
    path("<int:conversation_id>/acts/", amending.acts, name="acts"),
    path("<int:conversation_id>/react/", amending.react, name="react"),
    path("<int:conversation_id>/amend/", amending.amend, name="amend"),
    path("<int:conversation_id>/take-back/", amending.take_back, name="take_back"),
    path("<int:conversation_id>/verdict/", writing.verdict, name="verdict"),
    path("<int:conversation_id>/decide/", writing.decide, name="decide"),
    path("<int:conversation_id>/reopen/", writing.reopen, name="reopen"),
    path("<int:conversation_id>/group/", groups.group, name="group"),
    path("<int:conversation_id>/rename/", groups.rename, name="rename"),
    path("<int:conversation_id>/picture/", groups.picture, name="picture"),
    path("<int:conversation_id>/links/", guests.make_link, name="make_link"),
    path("<int:conversation_id>/links/<int:link_id>/close/", guests.close_link, name="close_link"),
    path("<int:conversation_id>/leave/", groups.leave, name="leave"),
    path("<int:conversation_id>/members/add/", groups.add_member, name="add_member"),
    path(
        "<int:conversation_id>/members/<int:person_id>/remove/",
        groups.remove_member,
        name="remove_member",
    ),
]
