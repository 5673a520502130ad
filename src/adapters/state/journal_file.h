// ports::Journal as one file: DIR/repairs.journal, for its owner alone (0600).
#pragma once

#include <memory>
#include <string>

#include "ports/journal.h"

namespace bk::adapters {

enum class JournalUse {
  kWrite,  // the folder and the file are made; kRefused while another process writes
  kRead,   // nothing is made or locked; Append fails
};
// kNotFound: `folder` is empty, so nothing could be kept. Links are not followed.
Result<std::unique_ptr<ports::Journal>> OpenJournal(const std::string& folder, JournalUse use);

}  // namespace bk::adapters
