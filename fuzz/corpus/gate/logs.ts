logger.info("delivery", { address: order.customer.address })
logger.info("contract deployed", { address: contract.address })
