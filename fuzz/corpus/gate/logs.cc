LOG(INFO) << "login " << user_id << " " << password;
LOG(INFO) << "login " << user_id << " ok";
syslog(LOG_INFO, "lookup ssn=%s", ssn.c_str());
syslog(LOG_INFO, "lookup took %d ms", elapsed_ms);
LOG(ERROR) << "SMTP error " << status.code() << " for message " << message.id();
SPDLOG_DEBUG("key {}", config.secret_key);
