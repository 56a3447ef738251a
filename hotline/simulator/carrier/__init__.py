"""A carrier that speaks the Twilio dialect: REST, documents, webhooks, rooms, SMS."""
