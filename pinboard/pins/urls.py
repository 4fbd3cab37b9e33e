"""Addresses of the pins."""

from django.urls import path

from pinboard.pins.views import (
    arriving,
    board,
    changes,
    collaborators,
    create,
    draft,
    home,
    pin,
    playing,
    save,
    sharing,
    shopping,
    source,
)

app_name = "pins"

urlpatterns = [
    path("", home.home, name="home"),
    path("favourites/", home.favourites, name="favourites"),
    path("create/", create.create, name="create"),
    path("create/bookmarklet/", arriving.bookmarklet, name="bookmarklet"),
    path("create/<int:draft_id>/", draft.draft, name="draft"),
    path("pin/create/button/", arriving.button, name="button"),
    path("share/", sharing.share, name="share"),
    path("manifest.webmanifest", sharing.manifest, name="manifest"),
    path("changes/<str:day>/", changes.changes, name="changes"),
    path("pins/marks/", pin.marks, name="marks"),
    path("pins/<int:pin_id>/", pin.pin, name="pin"),
    path("pins/<int:pin_id>/card/", pin.card, name="card"),
    path("pins/<int:pin_id>/visit/", pin.visit, name="visit"),
    path("pins/<int:pin_id>/again/", source.again, name="again"),
    path("pins/<int:pin_id>/correct/", source.correct, name="correct"),
    path("pins/<int:pin_id>/link/", source.relink, name="relink"),
    path("pins/<int:pin_id>/edit/", pin.edit, name="edit"),
    path("pins/<int:pin_id>/delete/", pin.delete, name="delete"),
    path("pins/<int:pin_id>/save/", save.save, name="save"),
    path("pins/<int:pin_id>/unsave/", save.unsave, name="unsave"),
    path("pins/<int:pin_id>/favourite/", pin.favourite, name="favourite"),
    path("pins/<int:pin_id>/unfavourite/", pin.unfavourite, name="unfavourite"),
    path("pins/<int:pin_id>/player/", playing.player, name="player"),
    path("pins/<int:pin_id>/shopping/", shopping.shopping_list, name="shopping"),
    path("pins/<int:pin_id>/shopping/tick/", shopping.tick, name="shopping_tick"),
    path("boards/new/", board.new, name="board_new"),
    path("@<str:username>/<slug:slug>/", board.board, name="board"),
    path("@<str:username>/<slug:slug>/edit/", board.edit, name="board_edit"),
    path("@<str:username>/<slug:slug>/delete/", board.delete, name="board_delete"),
    path("@<str:username>/<slug:slug>/leave/", collaborators.leave, name="board_leave"),
    path("@<str:username>/<slug:slug>/people/add/", collaborators.add, name="board_share"),
    path(
        "@<str:username>/<slug:slug>/people/<int:person_id>/remove/",
        collaborators.remove,
        name="board_unshare",
    ),
]
