log_info("bounce count %d", msg->bounces);
syslog(LOG_DEBUG, "user %d passwd %s", uid, passwd);
