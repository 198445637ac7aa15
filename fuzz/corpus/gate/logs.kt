logger.info { "Signed up ${user.id} with plan $plan" }
Timber.d("dialing $phone")
log.debug("pin attempts: ${card.pinAttempts}")
log.warn("no e-mail for customer ${customer.id}")
