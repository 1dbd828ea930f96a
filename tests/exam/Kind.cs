using Invoicing.BrowserAutomation;

namespace Invoicing.Exam;

/// <summary>What is arranged for a ticket before it is handed to the worker.</summary>
public enum Kind
{
    Success,
    AlreadyOurs,
    AlreadyOthers,
    NotYet,
    Expired,
    WrongData,
    Refused,
    Down,
    Lost,
    Trap,
}

/// <summary>The mix of an exam, and which outcomes are right for it on which portal.</summary>
public static class Mix
{
    /// <summary>Of 25 tickets; shorter runs take the beginning, longer ones start over.</summary>
    private static readonly Kind[] Order =
    [
        Kind.Success, Kind.AlreadyOthers, Kind.Lost, Kind.WrongData, Kind.Success, Kind.Refused, Kind.AlreadyOurs, Kind.Expired, Kind.NotYet, Kind.Success,
        Kind.Down, Kind.Trap, Kind.Success, Kind.Success, Kind.Refused, Kind.WrongData, Kind.Success, Kind.AlreadyOurs, Kind.Lost, Kind.Success,
        Kind.Expired, Kind.AlreadyOthers, Kind.Success, Kind.Success, Kind.Success,
    ];

    private static readonly string[] Posting = ["mercanorte", "mezquite", "liebana", "lucero", "cochera", "mesa-chica", "mar-de-cortes", "el-faro", "patitas-felices", "paso-firme", "estaciona-facil"];

    public static Kind Of(int number) => Order[number % Order.Length];

    /// <summary>Its files travel by mail: one asks once and waits.</summary>
    public static bool ByMail(string portal) => Posting.Contains(portal);

    public static IReadOnlyList<string> Right(Kind kind, string portal) => kind switch
    {
        // "Ya existe una solicitud" is all this one says, whoever asked, and it posts nothing twice.
        Kind.AlreadyOurs when portal == "liebana" => [Outcome.RequiereHumano, Outcome.EmitidaPendiente],
        Kind.AlreadyOthers when portal is "liebana" => [Outcome.RequiereHumano, Outcome.OtroRfc],
        Kind.AlreadyOthers when portal is "gas-go" => [Outcome.OtroRfc, Outcome.RequiereHumano],
        Kind.AlreadyOurs => [Outcome.Recuperada],
        Kind.AlreadyOthers => [Outcome.OtroRfc],
        Kind.NotYet => [Outcome.AunNo],
        Kind.Expired => [Outcome.FueraDePlazo],
        Kind.WrongData => [Outcome.NoEncontrado, Outcome.DatosInvalidos],
        // A row that stays where it was, without a word, is for a person to look at.
        Kind.Refused => portal == "gas-go" ? [Outcome.ReceptorRechazado, Outcome.RequiereHumano] : [Outcome.ReceptorRechazado],
        Kind.Down => [Outcome.PortalCaido],
        _ => [Outcome.Entregada],
    };

    public static bool Emits(Kind kind) => kind is Kind.Success or Kind.Lost or Kind.Trap;
}
