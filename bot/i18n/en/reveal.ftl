reveal-colleague = a colleague
reveal-organisation = another government
reveal-route-email = by e-mail: { $value }
reveal-route-phone = by phone: { $value }
reveal-route-chat = in this chat: { $value }
reveal-route-none = not known yet. You are on different platforms, and there is no e-mail address or number yet.
about-position = { $role }, { $organisation }
about-not-about = Not for: { $words }
