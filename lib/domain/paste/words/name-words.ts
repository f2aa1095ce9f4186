export const TITLE =
  /^(?:mr|mrs|ms|miss|mx|dr|prof|sir|madam|sr|sra|srta|don|dona|d|dna|doctor|doctora|lic|ing|г-н|г-жа|господин|госпожа|товарищ|др|д-р|проф|dra|eng|exmo|exma|senhor|senhora|senor|senora|senorita|jr|ii|iii|phd|md|esq)\.?$/;
/** These belong to the word after them. */
export const PARTICLE =
  /^(?:de|da|do|das|dos|del|la|las|los|di|du|van|von|der|den|ter|ten|le|al|el|bin|ibn|ben|e|y|san|santa|фон|ван|дер|де|да|бин|ибн|аль|эль)$/;
/** "Мамед оглы" means the son of Мамед, and follows that name. */
export const SON_OF = /^(?:оглы|кызы|қызы|улы|ұлы|оглу|ogly|kyzy|uly)$/;
