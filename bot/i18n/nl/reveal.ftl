reveal-colleague = een collega
reveal-organisation = een andere overheid
reveal-route-email = per e-mail: { $value }
reveal-route-phone = per telefoon: { $value }
reveal-route-chat = in deze chat: { $value }
reveal-route-none = nog niet bekend. Jullie zitten op verschillende plekken, en een mailadres of nummer is er nog niet.
about-position = { $role }, { $organisation }
about-not-about = Niet voor: { $words }
