"""Our names for the pictures of the icon font (Material Icons), and where each stands in it."""

from __future__ import annotations

from typing import Final

GLYPHS: Final = {
    "home": 0xE88A,
    "arrow_back": 0xE5C4,
    "arrow_forward": 0xE5C8,
    "arrow_down": 0xE5DB,
    "help": 0xF0E2,  # support_agent
    "language": 0xE8E2,  # translate
    "leave": 0xE9BA,  # logout
    "call": 0xE0B0,
    "print": 0xE8AD,
    "check": 0xE5CA,
    "check_circle": 0xE86C,
    "card": 0xEA67,  # badge
    "notice": 0xEF42,  # article
    "review": 0xF0C5,  # fact_check
    "send": 0xE163,
    "result": 0xEF76,  # verified
    "star": 0xE838,
    "materials": 0xEBBD,  # folder_copy
    "time": 0xE8B5,  # schedule
    "fee": 0xEF63,  # payments
    "person": 0xE7FD,
    "warning": 0xE002,
    "info": 0xE88E,
    "offline": 0xE2C1,  # cloud_off
    "kept": 0xE2C3,  # cloud_upload
    "retry": 0xE5D5,  # refresh
    "touch": 0xE913,  # touch_app
    "next": 0xE5CC,  # chevron_right
    "previous": 0xE5CB,  # chevron_left
    "wait": 0xE88B,  # hourglass_empty
    "receipt": 0xEF6E,  # receipt_long
    "hand": 0xE925,  # pan_tool
    "office": 0xE84F,  # account_balance
    "not_me": 0xE5CD,  # close
    "grade_5": 0xE815,  # sentiment_very_satisfied
    "grade_4": 0xE813,
    "grade_3": 0xE812,
    "grade_2": 0xE811,
    "grade_1": 0xE814,  # sentiment_very_dissatisfied
    "search": 0xE8B6,
    "all": 0xE9B0,  # grid_view
    "bundle": 0xE97A,  # account_tree
    "more": 0xE1BD,  # widgets
    "child": 0xEB41,  # child_care
    "family": 0xF1A2,  # family_restroom
    "student": 0xE80C,  # school
    "worker": 0xEA59,  # hardware
    "campaign": 0xEF49,
    "household": 0xEA44,  # house
    "health": 0xE1D5,  # health_and_safety
    "social": 0xEA70,  # volunteer_activism
    "labour": 0xE8F9,  # work
    "pension": 0xF21A,  # elderly
    "medical": 0xF109,  # medical_services
    "agriculture": 0xEA79,
    "construction": 0xE587,  # cottage
    "business": 0xEA12,  # storefront
    "veterans": 0xEA3F,  # military_tech
    "party": 0xE153,  # flag
    "progress": 0xF02F,  # manage_search
    "certificates": 0xE8F7,  # card_membership
    "policies": 0xE8B1,  # redeem
    "complaint": 0xE87F,  # feedback
    "copy": 0xE14D,  # content_copy
    "face": 0xE87C,
    "camera": 0xE412,  # photo_camera
    "whom": 0xE7FB,  # people
    "share": 0xE2C0,  # cloud_download
    "promise": 0xEBCB,  # handshake
    "form": 0xE745,  # edit_note
    "delivery": 0xE558,  # local_shipping
    "sign": 0xE746,  # draw
    "edit": 0xE3C9,
    "again": 0xE889,  # history
    "law": 0xE90E,  # gavel
    "place": 0xE0C8,  # location_on
    "code": 0xEF6B,  # qr_code
    "delete": 0xE14A,  # backspace
    "space": 0xE256,  # space_bar
    "capital": 0xE5D8,  # arrow_upward
    "clear": 0xE5C9,  # cancel
    "up": 0xE5D8,  # arrow_upward
    "skip": 0xE044,  # skip_next
    "safe": 0xE8E8,  # verified_user
    "wiped": 0xE872,  # delete
    "phone": 0xE32C,  # smartphone
    "day": 0xE878,  # event
    "add": 0xE145,
    "fewer": 0xE15B,  # remove
    "chosen": 0xE834,  # check_box
    "unchosen": 0xE835,  # check_box_outline_blank
    "sheets": 0xE873,  # description
    "undo": 0xE166,
    "over": 0xE000,  # error
    "waiting": 0xEA5B,  # hourglass_top
    "scan": 0xE5FA,  # document_scanner
    "comfort": 0xE92C,  # accessibility_new
    "elder": 0xF21A,  # elderly
    "text_size": 0xE262,  # text_fields
    "contrast": 0xE891,  # invert_colors
    "low_reach": 0xE914,  # accessible
    "voice": 0xE050,  # volume_up
    "volume_down": 0xE04D,
    "pace": 0xE9E4,  # speed
    "earphones": 0xE310,  # headset
    "staff": 0xEA3D,  # engineering
    "door": 0xEB4F,  # meeting_room
    "lock": 0xE897,
    "lock_open": 0xE898,
    "restart": 0xF053,  # restart_alt
}
