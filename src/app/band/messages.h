// The sentences of this room, in English (language/message.h): what the terminal and the page both
// say of a band. Larger matters have
// a header each: bind_, ledger_, probe_ and pulse_messages.h. What the companion says of a single
// answer stays English; other languages say what kind of end it was (words.h).
#pragma once

#include <vector>

#include "language/message.h"

namespace bk::app {

using language::Message;

// On the way to the band, and why it was not reached.
struct WayMessages {
  Message connecting{"way.connecting", "Waiting for the band's answer"};
  Message link_up{"way.link_up", "Connected; reading its services"};
  Message discovered{"way.discovered", "Authenticating"};
  Message authenticated{"way.authenticated", "Authenticated; setting up"};
  Message ready{"way.ready", "Ready"};
  Message lost{"way.lost", "The link was lost; trying again"};
  Message pausing{"way.pausing", "Next attempt in {seconds} s"};
  Message not_heard{"way.not_heard", "The band is not heard; still trying"};
  Message held{"way.held", "Another device holds the band; waiting until it lets go"};
  Message heard{"way.heard", "The band is heard; connecting"};
  Message adapter_back{"way.adapter_back", "Bluetooth is back"};
  Message listening{"way.listening", "Listening for bands"};
  Message signal{"way.signal", "Looking how well the band is heard"};
  Message no_bluetooth{"way.no_bluetooth",
                       "This bandkeeper was made without Bluetooth, so it cannot reach a band."};
  Message no_key{"way.no_key",
                 "The key of this band is not known here: pair it first, with it beside you (in a "
                 "terminal: `bandkeeper pair`)."};
  Message no_band{"way.no_band",
                  "No band is known here yet: pair it first, with it beside you (in a terminal: "
                  "`bandkeeper pair`)."};
  Message no_such{
      "way.no_such",
      "No band that is known or heard here is called {name}. --band takes a band's name, "
      "what a list here calls it (band-kvmrt), or its address (C8:0F:10:...), which it shows under "
      "More > Settings > About."};
  Message several_named{"way.several_named", "Several bands are called {name}: {list}. {which}"};
  Message several_known{"way.several_known", "Several bands are known here: {list}. {which}"};
  Message key_shape{"way.key_shape",
                    "A band's key has 32 hex digits (0-9, a-f), with or without 0x before them."};
  Message key_damaged{"way.key_damaged", "The kept key of this band is damaged; pair it again."};
  Message left_as_it_was{"way.left_as_it_was", "Stopped. The band was left as it was."};
  Message nothing_changed{"way.nothing_changed", "Stopped. Nothing was changed."};
  Message other_key{"way.other_key",
                    "The band holds another key than this computer: it was paired anew, reset, or "
                    "unbound in the official app. Get its present key and pair it here again (in a "
                    "terminal: `bandkeeper pair`)."};
  Message held_by{"way.held_by",
                  "The band is there, but another device holds its link. Switch Bluetooth off on "
                  "the phone that has it, or end its app."};
  Message unheard{"way.unheard",
                  "The band was not heard. Bring it within a metre, charge it for a minute, and "
                  "switch Bluetooth off on every phone that knows it: a connected band is silent."};
  Message not_used{"way.not_used", "The band could not be used: {why}."};
  Message not_reached{"way.not_reached", "The band could not be reached."};
  // How a conversation ended, within another sentence.
  Message refused{"way.refused", "the band refused it (status {status})"};
  Message no_answer{"way.no_answer", "the band did not answer"};
  Message garbled{"way.garbled", "the band answered something that is no answer to it"};
  Message link_lost{"way.link_lost", "the link ended before the band had answered"};
};
inline constexpr WayMessages kWaySays;

struct PairMessages {
  Message deaf{"pair.deaf",
               "Nothing at all was heard. Another phone or computer may hold the band, or this "
               "computer's Bluetooth is deaf. Bring the band within a metre and switch Bluetooth "
               "off on every phone that knows it: a connected band is silent. Then try another "
               "adapter, or bring it out from behind the computer."};
  Message others{"pair.others",
                 "{count} other {count:device was|devices were} heard, no band. Bring it within a "
                 "metre and switch Bluetooth off on every phone that knows it: a connected band is "
                 "silent."};
  Message heard{"pair.heard", "{count:One band is|# bands are} heard."};
  Message paired{"pair.paired", "Paired: the band accepts the key."};
  Message kept_secret{"pair.kept_secret",
                      "The key lies in this desktop's secret store, or where there is none in a "
                      "file that you alone can read. Sync now (in a terminal: `bandkeeper sync`): "
                      "that brings what the band has recorded."};
  Message kept{"pair.kept",
               "The key lies in {place}, readable by you alone. Sync now (in a terminal: "
               "`bandkeeper sync`): that brings what the band has recorded."};
};
inline constexpr PairMessages kPairSays;

struct InfoMessages {
  Message answers{"info.answers", "The band answers."};
  Message firmware{"info.firmware", "Firmware"};
  Message hardware{"info.hardware", "Hardware"};
  Message battery{"info.battery", "Battery"};
  Message clock{"info.clock", "Clock"};
  Message not_told{"info.not_told", "not told"};
  Message percent{"info.percent", "{percent} %"};
  Message charging{"info.charging", "{percent} %, charging"};
  Message right{"info.right", "right"};
  Message fast{"info.fast", "{time} fast"};
  Message slow{"info.slow", "{time} slow"};
  Message set_now{"info.set_now", "{clock}, set right now"};
};
inline constexpr InfoMessages kInfoSays;

// Lengths of time, and the minutes that a band records.
struct MinutesMessages {
  Message decimal{"minutes.decimal", "{whole}.{tenths}"};
  Message minutes{"minutes.minutes", "{count} {count:minute|minutes}"};
  Message hours{"minutes.hours", "{number} hours"};
  Message days{"minutes.days", "{number} days"};
  Message s{"minutes.s", "{count} s"};
  Message min{"minutes.min", "{count} min"};
  Message h{"minutes.h", "{number} h"};
  Message so_far{"minutes.so_far", "Syncing: {minutes} so far"};
  Message nothing_new{"minutes.nothing_new", "The band has nothing new."};
  Message stored{"minutes.stored", "{minutes} of activity are here and stored."};
  Message came_before{"minutes.came_before", "{text} {minutes} came before that and are stored."};
  Message refused{"minutes.refused", "The band refused to send its records: {why}."};
  Message stopped{"minutes.stopped", "Stopped; the band keeps its records."};
  Message stopped_some{"minutes.stopped_some",
                       "Stopped. {minutes} came and are stored; the next sync goes on from there."};
  Message long_packets{
      "minutes.long_packets",
      "The band announced records and none came: long packets may be lost on this link, and this "
      "computer's Bluetooth did not let it ask for short ones. Where BlueZ runs it, put "
      "`ExchangeMTU = 23` under [GATT] in /etc/bluetooth/main.conf, restart its service and sync "
      "again; or use another adapter."};
  Message not_stored{"minutes.not_stored", "{why}. The band keeps what was not stored."};
  Message clock_was_off{
      "minutes.clock_was_off",
      "The band's clock was wrong ({clock}) and has been set. What it had recorded until then is "
      "stored at the time that its clock showed."};
  Message twice{"minutes.twice",
                "{count} {count:minute|minutes} the band had recorded twice (its clock was set "
                "back); both are kept."};
  Message utc{"minutes.utc", "{time} UTC"};
};
inline constexpr MinutesMessages kMinutesSays;

struct CommandMessages {
  Message vibrates{"command.vibrates", "The band vibrates."};
  Message restarts{"command.restarts",
                   "The band restarts. Key and settings stay; whether minutes that were not synced "
                   "survive a restart is not known of every firmware, so sync first when you can."};
  Message erases{"command.erases",
                 "The band erases itself and restarts. Pair it in the official app; then pair it "
                 "here with its new key (in a terminal: `bandkeeper pair`)."};
  Message reset_price{
      "command.reset_price",
      "A factory reset erases every minute that was not synced, the key and all settings of the "
      "band, and gives it another address. It must be paired anew in the official app, and gets "
      "another key. It cannot be undone. Sync first: that saves what is on it."};
  Message reset_word{"command.reset_word", "erase"};
  Message not_wanted{"command.not_wanted", "Nothing was changed."};
};
inline constexpr CommandMessages kCommandSays;

// {path}: of the file that it is about.
struct UpdateMessages {
  Message empty{"update.empty", "{path}: the file is empty."};
  Message too_large{"update.too_large",
                    "{path}: the file is larger than any for a Mi Smart Band 4."};
  Message not_ours{"update.not_ours",
                   "{path}: the file has not the header of a firmware, resource, font or watch "
                   "face of a Mi Smart Band 4; the band could be lost with it."};
  Message not_readable{"update.not_readable", "The file cannot be read."};
  // What proves that a file is whole.
  Message broken{
      "update.broken",
      "{path}: the length or the checksum that stands in the file does not fit it: it was "
      "cut or damaged on its way here. Get it anew."};
  Message digest_shape{"update.digest_shape", "A SHA-256 has 64 hex digits (0-9, a-f)."};
  Message digest_differs{"update.digest_differs",
                         "None of the files has the SHA-256 {digest}, so one was cut or damaged on "
                         "its way here, or is another ({list}). Get it anew."};
  Message unproved_file{"update.unproved_file", "{file}: {bytes} bytes, SHA-256 {digest}."};
  Message unproved_nobody{
      "update.unproved_nobody",
      "Nothing proves that this is whole, and there is nobody to ask. Give the SHA-256 that the "
      "place where it came from states (in a terminal: --sha256 HEX), or start this where a word "
      "can be typed."};
  Message unproved_price{
      "update.unproved_price",
      "Nothing proves that this is whole: its checksum is none of the official files' that are "
      "known here, and no right length or checksum stands in it. The band only compares what "
      "arrives with what was sent, so a file that was cut goes in like a whole one, and a band "
      "with "
      "half a firmware may never start again. Better: compare the SHA-256 with the one that the "
      "place where it came from states, and give that (in a terminal: --sha256 HEX)."};
  Message unproved_word{"update.unproved_word", "unproved"};
  Message of_one_kind{"update.of_one_kind", "Two of the files are of one kind ({kind}): give one."};
  Message two_versions{"update.two_versions",
                       "The firmware is {firmware} and the resources are of {resources}: they must "
                       "be of one version."};
  // What a file is.
  Message known{"update.known", "{kind} {version}"};
  Message unknown{"update.unknown", "{kind}; nothing here proves that the file is whole"};
  Message firmware{"update.firmware", "Firmware"};
  Message resources{"update.resources", "Resources"};
  Message font{"update.font", "Font"};
  Message watch_face{"update.watch_face", "Watch face"};
  Message other{"update.other", "Another file for a band"};
  // {file} of {files}: "File 2 of 3: ".
  Message announcing{"update.announcing", "File {file} of {files}: announcing"};
  Message sending{"update.sending", "File {file} of {files}: {percent} %"};
  Message sending_left{"update.sending_left",
                       "File {file} of {files}: {percent} %, {rate} kB/s, {left} left"};
  Message verifying{"update.verifying", "File {file} of {files}: the band checks it"};
  Message activating{"update.activating", "File {file} of {files}: the band restarts with it"};
  Message attempt{"update.attempt", "{text} (attempt {count})"};
  Message done{"update.done", "Updated: the band's firmware was {before} and is {after}."};
  Message same{"update.same", "Updated. The band's firmware is {after}."};
  Message gate{"update.gate", "Not begun: {why}."};
  Message gate_half{"update.gate_half", "Not gone on with: {why}. {has}"};
  Message battery_unknown{
      "update.battery_unknown",
      "the band does not tell its battery level, and an update needs {needed} %"};
  Message battery_low{"update.battery_low",
                      "the band's battery is at {percent} %; charge it to {needed} % first"};
  Message weak{"update.weak", "the band's signal is weak ({dbm} dBm): bring it within a metre"};
  Message wrong_version{"update.wrong_version",
                        "the resources are of {wants} and the band runs {has}: give the firmware "
                        "{wants} with them, or the resources of {has}"};
  Message version_unknown{
      "update.version_unknown",
      "the resources are of {wants}, and the band does not tell which firmware it runs"};
  Message pending{"update.pending",
                  "the band runs {has} with the resources of {held}: give the resources of {has} "
                  "before anything else"};
  // {has}: what the band has now, one of these.
  Message keeps{"update.keeps", "The band keeps what it had."};
  Message half_in{"update.half_in",
                  "Firmware {after} is in, its resources are not: the band has those of {held}, so "
                  "pictures and texts on it may be missing."};
  Message part_in{"update.part_in",
                  "{count} of the files {count:is|are} in; the band runs firmware {after}."};
  Message may_be_in{
      "update.may_be_in",
      "It was about to restart with the new firmware: which one it runs shows when it "
      "is looked at (in a terminal: `bandkeeper info`)."};
  Message not_finished{"update.not_finished",
                       "The update could not be finished. {has} Bring the band close and start the "
                       "same update again, it begins where it must."};
  Message refused{"update.refused", "The band refused the file: {why}. {has}"};
  Message not_good_there{"update.not_good_there",
                         "The band checked what had arrived and did not find it good (status "
                         "{status}): the file is damaged, or not for this band. {has}"};
  Message stopped{"update.stopped", "Stopped. {has} Start the same update again to go on."};
  Message not_restarted{
      "update.not_restarted",
      "The band took the firmware and said that it restarts with it, but it has not. Restart it by "
      "hand (More > Settings > Reboot), look which firmware it runs (in a terminal: `bandkeeper "
      "info`), and if that is the old one start the same update again."};
  Message not_met_again{
      "update.not_met_again",
      "The band went to restart with the new firmware and was not met again since. Put it on its "
      "charger for a minute, bring it close and look which firmware it runs (in a terminal: "
      "`bandkeeper info`); then start the same update again, it sends what is missing."};
  Message old_firmware{"update.old_firmware",
                       "The band took the firmware, restarted, and runs {after} as before: it did "
                       "not take it into use. Nothing more was sent."};
  Message other_firmware{"update.other_firmware",
                         "The band took firmware {wanted}, restarted, and runs {after}: it did not "
                         "take it into use. Nothing more was sent."};
  Message not_remembered{"update.not_remembered",
                         "Not gone on with, because what the band would lack could not be written "
                         "down: {why}. {has}"};
  // A firmware without its resources.
  Message lacks{
      "update.lacks",
      "The band runs firmware {after} with the resources of {held}, as far as this computer "
      "knows: send those of {after} too (in a terminal: `bandkeeper update`), or let the "
      "official app do it. Until then pictures and texts on it may be missing."};
  Message changed{
      "update.changed",
      "The band's firmware was changed elsewhere ({before} -> {after}); its resources may not fit: "
      "a band does not tell which it has. Where pictures or texts on it are missing, send those of "
      "{after} (in a terminal: `bandkeeper update`), or let the official app do it."};
};
inline constexpr UpdateMessages kUpdateSays;

// Days as the band's companion.
struct StandMessages {
  Message connected{"stand.connected", "Connected."};
  Message again{"stand.again", "Connected again after {time}."};
  Message lost{"stand.lost", "The link to the band was lost; trying to get it back."};
  Message away{
      "stand.away",
      "The band is not heard: away, empty, or held by a phone. It is looked for on and on."};
  Message held{"stand.held", "Another device holds the band; waiting until it lets go."};
  Message adapter_back{"stand.adapter_back", "Bluetooth is back."};
  Message synced{"stand.synced", "Synced {count} {count:minute|minutes}."};
  Message refused{
      "stand.refused",
      "The band refused to send its records: {why}. It is asked again every few minutes."};
  Message battery_low{"stand.battery_low", "The band's battery is at {percent} %: charge it."};
  Message slept{"stand.slept", "This computer slept for {time}."};
  // What it came to. {drops}, {syncs}: of the next.
  Message summary{"stand.summary",
                  "In {time} the band was connected {percent} % of the time: {drops}, {syncs}, "
                  "{minutes} {minutes:minute|minutes} stored, connections tried: {attempts}."};
  Message drops{"stand.drops", "{count} {count:drop|drops}"};
  Message drops_gap{"stand.drops_gap", "{count} {count:drop|drops} (longest gap {time})"};
  Message syncs{"stand.syncs", "{count} {count:sync|syncs}"};
};
inline constexpr StandMessages kStandSays;

// Which of several is meant. Addresses in the lists are hidden (band_alias.h).
struct WhichMessages {
  // {which} of the sentences that hold a list.
  Message which{"which.which",
                "Say which with --band: as this list calls it, or by its address, which the band "
                "shows under More > Settings > About."};
  Message synced_to{"which.synced_to", "synced up to {time}"};
  Message steps{"which.steps", "{count} {count:step|steps} today"};
  Message held{"which.held", "held by another device"};
};
inline constexpr WhichMessages kWhichSays;

// A band that does not exist. {faults}: names of faults.
struct InventedMessages {
  Message band_well{"invented.band_well",
                    "an invented Mi Smart Band 4, firmware {version}, with nothing wrong"};
  Message band{"invented.band", "an invented Mi Smart Band 4, firmware {version}, with {faults}"};
};
inline constexpr InventedMessages kInventedSays;

// All of them, and the probe's.
std::vector<Message> BandRoomMessages();

}  // namespace bk::app
