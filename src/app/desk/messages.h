// The sentences of this room, in English (language/message.h): what the page's desk says itself.
// What no person can bring about with the page's buttons (a field of the wrong kind, a path that is
// none) is said to whoever writes a page, in English alone; the page shows its own words there.
#pragma once

#include <vector>

#include "language/message.h"

namespace bk::app {

using language::Message;

struct DeskMessages {
  // Refusals.
  Message busy{"desk.busy", "Something else runs already ({kind}). Wait for it, or stop it."};
  Message closing{"desk.closing", "bandkeeper is being ended."};
  Message no_phone_here{"desk.no_phone_here", "That phone is not here."};
  Message no_file_here{"desk.no_file_here", "That file is not here."};
  Message no_band_here{"desk.no_band_here", "That band is not known here."};
  Message band_unheard{"desk.band_unheard", "That band was not heard. Listen for bands first."};
  Message still_coming{"desk.still_coming", "A file is still on its way. Wait until it is here."};
  Message this_coming{"desk.this_coming", "That file is still on its way."};
  Message nothing_to_look_at{
      "desk.nothing_to_look_at",
      "There is nothing to look at yet: connect a phone, hand over a file or answer questions."};
  Message read_again{"desk.read_again", "The evidence is to be read again first."};
  Message no_timeline{"desk.no_timeline",
                      "There is no timeline yet: the evidence is to be read first."};
  Message not_deletable{"desk.not_deletable", "That cannot be deleted from here."};
  Message too_large{"desk.too_large", "The file is larger than {megabytes} MB."};
  Message too_many_files{"desk.too_many_files",
                         "There are {count} files already: take some away first."};
  Message disk_full{"desk.disk_full", "The file does not fit on this computer's disk."};
  Message not_kept{"desk.not_kept", "The file cannot be kept here: {why}"};
  Message not_whole{"desk.not_whole", "The file did not come whole."};
  // Phones.
  Message plug{"desk.plug",
               "No phone is connected. Connect it with a USB cable, and switch on USB debugging in "
               "the phone's developer options."};
  Message several{"desk.several", "Several phones are connected. Choose the one with the band."};
  // What a task is at, and what it came to.
  Message once_more{"desk.once_more", "Looking at the phone once more"};
  Message everyday{"desk.everyday", "Looking at the phone's everyday settings"};
  Message everyday_good{"desk.everyday_good",
                        "The everyday settings that the phone tells of are as they should be."};
  Message everyday_off{"desk.everyday_off", "Some everyday settings are not as they should be."};
  Message nothing_left{"desk.nothing_left", "Nothing is left to undo."};
  Message all_back{"desk.all_back", "Everything is as it was before."};
  Message not_all_back{"desk.not_all_back", "Not everything could be put back."};
  Message cut_off{"desk.cut_off",
                  "bandkeeper was ended in the middle of this. Start it again; a repair that was "
                  "cut off is offered to be rolled back first."};
  Message cut_off_why{"desk.cut_off_why", "bandkeeper was ended meanwhile."};
  Message owner_cannot{
      "desk.owner_cannot",
      "The simulated owner does not know how to do this: a real one would have to."};
  // What is kept on this computer.
  Message kept_case{"desk.kept_case",
                    "The files that you handed over, your answers, what the band said and the "
                    "report"};
  Message kept_outcome{"desk.kept_outcome",
                       "What the latest task came to, and the everyday settings as they were last "
                       "seen"};
  Message kept_settings{"desk.kept_settings", "The settings of this page"};
  Message kept_journal{"desk.kept_journal", "What repairs changed on phones"};
  Message journal_needed{"desk.journal_needed", "It is what undoing needs."};
  Message kept_keys{"desk.kept_keys", "The keys and the minutes of your bands"};
  Message keys_needed{"desk.keys_needed", "The band cannot be reached without its key."};
};
inline constexpr DeskMessages kDeskSays;

// All of them.
std::vector<Message> DeskRoomMessages();

}  // namespace bk::app
