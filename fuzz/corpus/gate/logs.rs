debug!("connecting as {user} with {password}");
debug!("connecting to {host}:{port}");
log::warn!("bad number {phone_number:?}");
log::warn!("bad number at line {line}");
warn!("minor born {}", profile.date_of_birth);
warn!("profile {} incomplete", profile.id);
