package dev.descent.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Responds to errors that never reached a controller, and to a body that the web server cannot read, whatever became of
 * its exception.
 */
@RestController
class UnhandledErrorController implements ErrorController {

    @RequestMapping("/error")
    ResponseEntity<ProblemBody> error(HttpServletRequest request) {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        HttpStatusCode status = HttpStatusCode.valueOf(code instanceof Integer number ? number : 404);
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String detail = status.isSameCodeAs(HttpStatus.BAD_REQUEST) ? ProblemHandler.BROKEN_BODY : null;
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemBody.ofStatus(status, detail, path == null ? request.getRequestURI() : path.toString()));
    }
}
