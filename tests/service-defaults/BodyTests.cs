using System.ComponentModel.DataAnnotations;
using System.Text;

namespace Invoicing.ServiceDefaults.Tests;

public sealed class BodyTests
{
    public sealed record Item([property: Required(ErrorMessage = "nombre es requerido")] string? Nombre);

    public sealed record Order([property: System.ComponentModel.DataAnnotations.Range(1, 10, ErrorMessage = "entre 1 y 10")] int MaxConcurrent, IReadOnlyList<Item>? Items, DateTimeOffset? ScheduledAt);

    private static Problem Refusal(string json) =>
        Assert.Throws<ProblemException>(() => Body.Parse<Order>(Encoding.UTF8.GetBytes(json)))!.Problem;

    [Test]
    public void A_good_body_is_read_in_snake_case()
    {
        var order = Body.Parse<Order>("""{"max_concurrent":3,"items":[{"nombre":"a"}],"scheduled_at":"2026-01-01T00:00:00-06:00"}"""u8.ToArray());
        Assert.That(order.MaxConcurrent, Is.EqualTo(3));
        Assert.That(order.ScheduledAt, Is.EqualTo(new DateTimeOffset(2026, 1, 1, 6, 0, 0, TimeSpan.Zero)));
    }

    [TestCase("{")]
    [TestCase("not json")]
    [TestCase("{\"max_concurrent\":1,\"max_concurrent\":2}")]
    public void Broken_json_is_400(string json) => Assert.That(Refusal(json).Status, Is.EqualTo(400));

    [TestCase("{\"max_concurrent\":\"x\"}", "/max_concurrent")]
    [TestCase("{\"max_concurrent\":0}", "/max_concurrent")]
    [TestCase("{\"max_concurrent\":1,\"items\":[{\"nombre\":\"a\"},{}]}", "/items/1/nombre")]
    [TestCase("{\"max_concurrent\":1,\"scheduled_at\":\"ayer\"}", "/scheduled_at")]
    [TestCase("{\"max_concurrent\":1,\"items\":[7]}", "/items/0")]
    [TestCase("{\"max_concurrent\":1,\"items\":[{\"nombre\":\"\\ud800\"}]}", "/items/0/nombre")]
    [TestCase("{\"max_concurrent\":1,\"otro\":\"\\ud800\"}", "")]
    [TestCase("{\"max_concurrent\":1,\"items\":[{\"nombre\":\"a\"},null]}", "/items/1")]
    public void A_wrong_type_or_value_is_422_with_its_pointer(string json, string pointer)
    {
        var problem = Refusal(json);
        Assert.That(problem.Status, Is.EqualTo(422));
        Assert.That(problem.Errors!.Single().Pointer, Is.EqualTo(pointer));
    }

    [Test]
    public void Bytes_that_are_no_text_are_400() => Assert.That(
        Assert.Throws<ProblemException>(() => Body.Parse<Order>(new byte[] { 0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D }))!.Problem.Status, Is.EqualTo(400));

    [Test]
    public void Deep_nesting_is_refused_as_broken() =>
        Assert.That(Refusal(string.Concat(Enumerable.Repeat("[", 10_000))).Status, Is.EqualTo(400));
}
