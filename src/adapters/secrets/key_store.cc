#include "adapters/secrets/key_store.h"

#include <mutex>
#include <utility>

namespace bk::adapters {

struct KeyStore::Inside {
  std::unique_ptr<ports::Store> files;
  Open open;
  std::unique_ptr<ports::Store> secrets;
  std::mutex mutex;

  // nullptr: there is none.
  ports::Store* Secrets() {
    if (secrets == nullptr && open)
      if (auto opened = open()) secrets = std::move(*opened);
    return secrets.get();
  }
  // One that failed may have ended: another is looked for next time.
  void Lost(const Error& error) {
    if (error.code != ErrorCode::kRefused) secrets.reset();
  }
};

namespace {
bool IsKey(const std::string& name) { return name.starts_with("key-"); }
}  // namespace

KeyStore::KeyStore(std::unique_ptr<ports::Store> files, Open open)
    : inside_(std::make_unique<Inside>()) {
  inside_->files = std::move(files);
  inside_->open = std::move(open);
}
KeyStore::~KeyStore() = default;

Result<std::optional<ports::Store::Kept>> KeyStore::Load(const std::string& name) {
  const std::lock_guard lock(inside_->mutex);
  BK_TRY(auto kept, inside_->files->Load(name));
  if (kept || !IsKey(name)) return kept;
  ports::Store* secrets = inside_->Secrets();
  if (secrets == nullptr) return std::nullopt;
  auto secret = secrets->Load(name);
  if (!secret) inside_->Lost(secret.error());
  return secret;
}

Status KeyStore::Save(const std::string& name, std::string_view text) {
  const std::lock_guard lock(inside_->mutex);
  if (ports::Store* secrets = IsKey(name) ? inside_->Secrets() : nullptr) {
    const Status saved = secrets->Save(name, text);
    if (saved) return inside_->files->Remove(name);
    inside_->Lost(saved.error());
  }
  return inside_->files->Save(name, text);
}

Status KeyStore::Remove(const std::string& name) {
  const std::lock_guard lock(inside_->mutex);
  const Status file = inside_->files->Remove(name);
  ports::Store* secrets = IsKey(name) ? inside_->Secrets() : nullptr;
  if (!file || secrets == nullptr) return file;
  const Status secret = secrets->Remove(name);
  if (!secret) inside_->Lost(secret.error());
  return secret;
}

}  // namespace bk::adapters
