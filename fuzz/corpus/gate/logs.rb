logger.debug("params: #{params[:password]}")
logger.debug("params: #{params.keys}")
@logger.warn "underage: #{member.birthday}"
@logger.warn "underage: #{member.id}"
Rails.logger.error "Email delivery failed: #{e.message}"
puts user.email
