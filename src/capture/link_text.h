// The story of a link and of an attempt in plain words. Internal to this room.
#pragma once

#include <string>

#include "capture/story.h"

namespace bk::capture {

// Who, when, asked by whom, how the link ran, what was agreed, how it ended, what that means.
std::string LinkText(const Story& story, const Link& link);
std::string AttemptText(const Story& story, const Attempt& attempt);
// "AA:BB:CC:DD:EE:FF (Mi Smart Band 4)"; of kNone "a device whose address the capture does not
// hold".
std::string PeerText(const Story& story, std::size_t peer);

}  // namespace bk::capture
