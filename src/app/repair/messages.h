// The sentences of this room, in English (language/message.h). What a step, a setting or a consent
// says is repair/messages.h; what a key does at the terminal is cli's.
#pragma once

#include <vector>

#include "language/message.h"

namespace bk::app {

using language::Message;

struct FixMessages {
  Message looking{"fix.looking", "Looking at the phone …"};
  Message stopped{"fix.stopped", "Stopped."};
  Message nothing_wrong{"fix.nothing_wrong", "Nothing is wrong; nothing was changed."};
  Message nothing_wrong_set{"fix.nothing_wrong_set",
                            "Nothing is wrong. Only what had been put back was set again."};
  Message no_trouble{"fix.no_trouble", "The phone shows no trouble to mend; nothing was changed."};
  Message no_trouble_set{
      "fix.no_trouble_set",
      "The phone shows no trouble to mend. Only what had been put back was set again."};
  Message said_yes{"fix.said_yes", "You said yes."};
  Message said_no{"fix.said_no", "You said no."};
  Message no_fault_seen{"fix.no_fault_seen", "Nothing on the phone speaks of a fault. {why}"};
  Message nothing_left{"fix.nothing_left", "Nothing is left that could help from here."};
  Message works{"fix.works", "The band works again."};
  Message works_in_background{
      "fix.works_in_background",
      "The band works again, also with {app} in the background: it stayed connected there for "
      "{minutes} min and synced."};
  Message stood_in_background{
      "fix.stood_in_background",
      "The band works again. With {app} in the background it stayed connected for {minutes} min; a "
      "sync by itself did not fall into that time."};
  Message works_open{"fix.works_open",
                     "The band works again while {app} is open. Whether it does so in the "
                     "background too was not looked at."};
  Message to_background{
      "fix.to_background",
      "The home button is pressed: {app} goes to the background, and for {minutes} min I look "
      "whether the band stays connected."};
  Message gone_in_background{
      "fix.gone_in_background",
      "With {app} in the background the connection went: it works only while the app is open."};
  Message only_open{"fix.only_open",
                    "The band works while {app} is open, and not in the background. {rest}"};
  // --dry-run
  Message would_look{
      "fix.would_look",
      "Once the band works with {app} on the screen: press the home button, and look for {minutes} "
      "min whether it stays connected in the background. That leaves nothing to undo"};
  Message beside{"fix.beside", "{fix} ({seen})"};
  Message proof{"fix.proof", "{link} {sync}"};
  Message you_saw{"fix.you_saw", "{link} You saw the sync."};
  Message does_not_show{
      "fix.does_not_show",
      "The band is connected; whether it syncs again does not show from here. Open {app}, go to "
      "the band's page and pull it down: the band works when the time of the last sync becomes "
      "now."};
  Message the_app{"fix.the_app", "the band's app"};
  Message phone_gone{"fix.phone_gone", "The phone is not there any more."};
  Message connect_again{"fix.connect_again",
                        "The phone is not on the cable any more. Connect it again."};
  Message needs_person{"fix.needs_person", "It needs a person."};
  Message restart_put_back{"fix.restart_put_back", "The restart put back: {change}"};
  Message nobody_agreed{"fix.nobody_agreed", "Nobody agreed to it."};
  Message nobody_there{"fix.nobody_there", "{question} Nobody is there to agree to that."};
  Message not_wanted{"fix.not_wanted", "You did not want it."};
  Message not_done{"fix.not_done", "It was not done."};
  Message not_written{"fix.not_written",
                      "Nothing was done, because it could not be written down: {why}"};
  Message journal_damaged{
      "fix.journal_damaged",
      "The journal of repairs is damaged: {count} {count:record|records} cannot be read. What they "
      "held cannot be put back."};
  Message all_the_same{"fix.all_the_same", "{text} Put it back all the same?"};
  Message put_it_back{"fix.put_it_back", "put it back"};
  Message leave_it{"fix.leave_it", "leave it"};
  Message which_app{"fix.which_app", "Which app do you use with the band?"};
  Message set_again{"fix.set_again", "{what}: {value}"};
  Message also_there{"fix.also_there", "Also there: {names}."};
  Message the_phone{"fix.the_phone", "the phone"};
  Message phone_of{"fix.phone_of", "{maker} phone"};
  Message not_agreed{"fix.not_agreed", "It was not agreed to."};
  Message interrupted_first{"fix.interrupted_first",
                            "An earlier repair of this phone was interrupted: `bandkeeper fix` or "
                            "`bandkeeper undo` comes "
                            "first."};
  Message no_phone{"fix.no_phone", "No phone can be reached from here."};
  Message no_such_repair{"fix.no_such_repair", "There is no repair {number}."};
  Message other_phone{"fix.other_phone",
                      "Repair {number} was on another phone ({phone}): connect that one."};
  Message undo_goes_on{"fix.undo_goes_on", "Stopped; `undo` goes on from there."};
  Message no_such_app{"fix.no_such_app",
                      "--app {app}: no app for bands of that name is on the phone. Known are "
                      "{known}, and their package names."};
};
inline constexpr FixMessages kFixSays;

// Whether the band works, as the phone shows it.
struct GoalMessages {
  Message holds{"goal.holds", "{app} holds a connection to the band."};
  Message connected{"goal.connected", "The phone's Bluetooth is connected with the band."};
  Message sync_ended{"goal.sync_ended", "A sync came to its end at {time}."};
  Message fetched{"goal.fetched",
                  "The app has fetched the band's data at {time}, as Android's own lines show."};
  Message clock_untold{"goal.clock_untold", "The phone does not tell its time."};
};
inline constexpr GoalMessages kGoalSays;

// What an earlier repair set. {ago}: of the next five.
struct KeptMessages {
  Message just_now{"kept.just_now", "just now"};
  Message minutes{"kept.minutes", "{count} {count:minute|minutes} ago"};
  Message hours{"kept.hours", "{count} {count:hour|hours} ago"};
  Message yesterday{"kept.yesterday", "yesterday"};
  Message days{"kept.days", "{count} {count:day|days} ago"};
  Message put_back{
      "kept.put_back",
      "{what}: bandkeeper set it to \"{left}\" {ago}; it was put back and is \"{now}\"."};
  Message changed{
      "kept.changed",
      "{what}: bandkeeper set it to \"{left}\" {ago}; it was changed since and is \"{now}\"."};
};
inline constexpr KeptMessages kKeptSays;

// {time}: "40 s", "2 h 5 min".
struct WatchMessages {
  Message seconds{"watch.seconds", "{count} s"};
  Message minutes{"watch.minutes", "{count} min"};
  Message hours{"watch.hours", "{count} h"};
  Message hours_minutes{"watch.hours_minutes", "{hours} h {minutes} min"};
  Message begun{"watch.begun", "{of} Watching for {time}; Ctrl-C ends it with what was seen."};
  Message phone_gone{"watch.phone_gone", "The phone does not answer; waiting for it."};
  Message phone_back{"watch.phone_back", "The phone is back."};
  Message up{"watch.up", "Watching: connected; drops: {drops}, syncs: {syncs} …"};
  Message down{"watch.down", "Watching: not connected; drops: {drops}, syncs: {syncs} …"};
  Message connected{"watch.connected", "Connected. {link}"};
  Message connected_again{"watch.connected_again", "Connected again after {time}."};
  Message dropped{"watch.dropped", "The link to the band is gone."};
  Message too_short{"watch.too_short", "The phone was not seen long enough to say anything."};
  Message never{"watch.never",
                "In {time} the band was never connected. `bandkeeper fix` looks for the reason."};
  Message summary{"watch.summary",
                  "In {time} the band was connected {percent} % of the time: {drops}, {syncs} "
                  "seen."};
  Message no_drops{"watch.no_drops", "no drop"};
  Message drops{"watch.drops", "{count} {count:drop|drops} (longest {time})"};
  Message no_syncs{"watch.no_syncs", "no sync"};
  Message syncs{"watch.syncs", "{count} {count:sync|syncs}"};
  Message not_now{"watch.not_now", "{text} It is not connected now."};
};
inline constexpr WatchMessages kWatchSays;

// What a person is asked during a repair, whichever face asks: the terminal and the page say the
// same of the same thing. {page}: of repair::PageMessages.
struct FaceMessages {
  Message harmless{
      "face.harmless",
      "May I do without asking each time what loses nothing and can be undone? What interrupts "
      "something (Bluetooth off, a restart) or can lose something is asked for by itself."};
  Message roll_back{"face.roll_back",
                    "Put everything back as it was before? (What was meant for a moment is put "
                    "back in any case.)"};
  Message put_back{"face.put_back", "The phone has put back what an earlier repair set:"};
  Message set_again{"face.set_again",
                    "Set it again? It loses nothing, and `bandkeeper undo` takes it back."};
  Message everyday_off{
      "face.everyday_off",
      "The band works. These settings are not as they should be every day, and can stop it again:"};
  Message set_everyday{"face.set_everyday",
                       "Set them now? It loses nothing, and `bandkeeper undo` takes it back."};
  Message rest{"face.rest",
               "What was worth its time has been tried, and the band does not work yet. "
               "{count} {count:step|steps} more can help, each rarely: {minutes} min in all, the "
               "harmless ones first. What costs something is asked for by itself."};
  Message rest_more{"face.rest_more", "and {count} more"};
  Message go_on{"face.go_on", "Go on with them?"};
  Message restart_check{
      "face.restart_check",
      "Some phones put such settings back when they restart. Restart it now to see? (Calls and "
      "music end; unlock it afterwards.)"};
  Message works{"face.works", "The band works. Changed on the phone:"};
  Message finger_opened{"face.finger_opened",
                        "The phone shows {page}. Do there what the step says."};
  Message finger_open{"face.finger_open",
                      "Open {page} on the phone and do there what the step says."};
  Message proves_nothing{
      "face.proves_nothing",
      "{link} So it was before the first step, with syncs: that proves nothing."};
  Message sync_unseen{"face.sync_unseen", "{link} Whether it syncs does not show from here."};
  Message is_it_gone{"face.is_it_gone",
                     "Look at what troubled you, in {app} or on the band. Is it gone?"};
  Message did_it_sync{"face.did_it_sync",
                      "Open {app}, go to the band's page and pull it down. Does the time of the "
                      "last sync become now?"};
  Message waiting{"face.waiting", "Waiting for the phone: {what}"};
  Message watching_up{"face.watching_up",
                      "Watching whether the band works: connected, no sync seen yet"};
  Message watching_down{"face.watching_down", "Watching whether the band works: not connected yet"};
  Message background{
      "face.background",
      "The band works while {app} is open. May I press the phone's home button and look for "
      "{minutes} min whether it stays connected in the background?"};
  Message background_up{"face.background_up", "The app is in the background: connected"};
  Message background_down{"face.background_down", "The app is in the background: not connected"};
  Message not_mended{"face.not_mended", "Not mended yet. {verdict}"};
  Message do_it{"face.do_it", "{question} Do it?"};
};
inline constexpr FaceMessages kFaceSays;

// All of them.
std::vector<Message> RepairMessages();

}  // namespace bk::app
