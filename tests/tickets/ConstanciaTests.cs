using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

namespace Invoicing.Tickets.Tests;

/// <summary>A constancia proposes a profile; what it does not say, or says twice, is told.</summary>
public sealed class ConstanciaTests
{
    private static readonly string[] Person =
    [
        "CÉDULA DE IDENTIFICACIÓN FISCAL", "CONSTANCIA DE SITUACIÓN FISCAL", "Lugar y Fecha de Emisión", "CUAUHTEMOC , CIUDAD DE MEXICO A 03 DE ENERO DE 2026",
        "Datos de Identificación del Contribuyente:", "RFC:  CUPU800825569", "CURP:  CUPU800825HDFXXX09", "Nombre (s):  LUIS ALBERTO", "Primer Apellido:  CRUZ",
        "Segundo Apellido:  PUENTE", "Fecha inicio de operaciones:  01 DE MARZO DE 2010", "Estatus en el padrón:  ACTIVO",
        "Datos del domicilio registrado", "Código Postal:06300    Tipo de Vialidad: CALLE", "Nombre de Vialidad: ZARAGOZA    Número Exterior: 12",
        "Regímenes:", "Régimen    Fecha Inicio    Fecha Fin", "Régimen de Sueldos y Salarios e Ingresos Asimilados a Salarios    01/01/2012    31/12/2019",
        "Régimen de las Personas Físicas con Actividades Empresariales y", "Profesionales    01/03/2010", "Régimen Simplificado de Confianza    01/01/2022",
        "Obligaciones:", "Descripción de la Obligación    Fecha Inicio",
    ];

    private static readonly string[] Company =
    [
        "CONSTANCIA DE SITUACIÓN FISCAL", "RFC: EKU9003173C9", "Denominación/Razón Social:  ESCUELA KEMPER URGATE", "Régimen Capital:  SOCIEDAD ANONIMA DE CAPITAL VARIABLE",
        "Estatus en el padrón: SUSPENDIDO", "Código Postal:42501    Tipo de Vialidad: AVENIDA", "Regímenes:", "Régimen General de Ley Personas Morales    31/03/1990",
    ];

    [Test]
    public async Task A_person_with_two_regimes_is_proposed_the_first_and_told_of_the_other()
    {
        var read = await ReadAsync(Pdf(Person), 200);
        Assert.That(read["profile"]!.ToJsonString(), Is.EqualTo("""{"rfc":"CUPU800825569","nombre":"LUIS ALBERTO CRUZ PUENTE","codigo_postal":"06300","regimen_fiscal":"612","uso_cfdi":"G03"}"""));
        Assert.That(read["regimenes"]!.AsArray().Select(r => (string?)r!["key"]), Is.EqualTo(new[] { "612", "626" }), "the one that ended is not there");
        Assert.That(Codes(read), Has.Member("varios_regimenes").And.Member("uso_no_impreso"));
    }

    [Test]
    public async Task A_company_s_name_is_without_its_legal_form_and_a_suspended_one_is_told()
    {
        var read = await ReadAsync(Pdf(Company), 200);
        Assert.That(read["profile"]!.ToJsonString(), Is.EqualTo("""{"rfc":"EKU9003173C9","nombre":"ESCUELA KEMPER URGATE","codigo_postal":"42501","regimen_fiscal":"601","uso_cfdi":"G03"}"""));
        Assert.That(Codes(read), Is.EquivalentTo(new[] { "correo_vacio", "estatus_no_activo", "uso_no_impreso" }));
    }

    [Test]
    public async Task What_the_constancia_does_not_say_is_null_and_told()
    {
        var read = await ReadAsync(Pdf([.. Company.Where(l => !l.StartsWith("Código", StringComparison.Ordinal) && !l.StartsWith("Régimen General", StringComparison.Ordinal))]), 200);
        Assert.That((read["profile"]!["codigo_postal"], read["profile"]!["regimen_fiscal"]), Is.EqualTo(((JsonNode?)null, (JsonNode?)null)));
        Assert.That(read["reasons"]!.AsArray().Select(r => (string?)r!["pointer"]), Is.SupersetOf(new[] { "/codigo_postal", "/regimen_fiscal" }));
    }

    private static IEnumerable<TestCaseData> Others()
    {
        yield return new TestCaseData(Pdf(["FACTURA A-77", "RFC: EKU9003173C9", "Total 116.00 pesos, gracias por su compra"])).SetName("Another_document");
        yield return new TestCaseData("%PDF-1.7 broken"u8.ToArray()).SetName("A_broken_pdf");
        yield return new TestCaseData("<html>"u8.ToArray()).SetName("No_pdf");
        yield return new TestCaseData(Array.Empty<byte>()).SetName("Nothing");
    }

    [TestCaseSource(nameof(Others))]
    public async Task What_is_no_constancia_is_refused(byte[] bytes) => Assert.That((string?)(await ReadAsync(bytes, 422))["code"], Is.EqualTo("not_a_constancia"));

    private static IEnumerable<string?> Codes(JsonNode read) => read["reasons"]!.AsArray().Select(r => (string?)r!["code"]);

    private static async Task<JsonNode> ReadAsync(byte[] pdf, int status)
    {
        using var http = App.Service.As(App.NewTenant(), Role.viewer);
        using var body = new ByteArrayContent(pdf) { Headers = { ContentType = new MediaTypeHeaderValue("application/pdf") } };
        using var answer = await http.PostAsync("/invoicing/v2/fiscal/constancia", body);
        Assert.That((int)answer.StatusCode, Is.EqualTo(status), await answer.Content.ReadAsStringAsync());
        return await answer.JsonAsync();
    }

    [Test]
    public void Rows_with_their_accents_read_the_same()
    {
        var read = Constancia.Read(Person)!;
        Assert.That((read.Rfc, read.Nombre, read.CodigoPostal, read.Estatus), Is.EqualTo(("CUPU800825569", "LUIS ALBERTO CRUZ PUENTE", "06300", "ACTIVO")));
        Assert.That(read.Regimenes.Select(r => r.Key), Is.EqualTo(new[] { "612", "626" }));
    }

    /// <summary>The fonts that need no file have none.</summary>
    private static string WithoutAccents(string text) => new([.. text.Normalize(System.Text.NormalizationForm.FormD).Where(c => c < 128)]);

    private static byte[] Pdf(string[] rows)
    {
        var builder = new PdfDocumentBuilder();
        var (page, font) = (builder.AddPage(PageSize.A4), builder.AddStandard14Font(Standard14Font.Helvetica));
        for (var i = 0; i < rows.Length; i++)
        {
            page.AddText(WithoutAccents(rows[i]), 9, new PdfPoint(40, 800 - (i * 16)), font);
        }

        return builder.Build();
    }
}
